// The page around this one belongs to the LMS, and keeps a word for us where the browser does not.
const lti = document.querySelector("[data-lti]");
if (lti && ["put", "get"].includes(lti.dataset.lti)) {
  const { lti: act, frame, origin, key, value } = lti.dataset, id = crypto.randomUUID();
  const around = window.opener || window.parent;
  let above = around, done = false;
  try { if (frame !== "_parent") above = around.frames[frame] || around } catch { /* it has no such frame */ }
  const go = kept => {
    if (done) return;
    done = true;
    if (act === "put") { location.replace(lti.href); return }
    lti.elements.kept.value = kept || "";
    lti.submit();
  };
  addEventListener("message", event => {
    const said = event.data;
    if (event.origin !== origin || !said || said.message_id !== id) return;
    if (said.subject === `lti.${act}_data.response`) go(said.value);
  });
  if (around !== window) above.postMessage({ subject: `lti.${act}_data`, message_id: id, key, ...(act === "put" && { value }) }, origin);
  // What is kept is kept, answered or not; what is asked for is worth a wait, with a button to end it.
  setTimeout(go, around === window ? 0 : act === "put" ? 3000 : 10000);
}
if (lti && lti.dataset.lti === "send") lti.submit();
if (lti && lti.dataset.lti === "close") (window.opener || window.parent).postMessage({ subject: "org.imsglobal.lti.close" }, "*");
