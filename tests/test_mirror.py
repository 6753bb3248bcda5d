"""The tests mirror the grader: whoever looks for a module's test finds it at the module's path."""

from tests.places import ROOT

SMALL = 40  # lines: such a module is tested by what uses it
LIVE_KERNEL = "tests/integrations/ipython_magic/test_live_kernel.py"
REGISTRATION = "tests/service/lti/registration/test_administration.py"
TORCH_NUMBERS = "tests/sandbox/child/stand_ins/torch_numbers/test_module.py"
COVERED = {
    "cli/commands/push.py": "tests/course/push/test_push.py",
    "cli/grade_once.py": "tests/cli/commands/test_grade.py",
    "cli/main.py": "tests/cli/commands/test_grade.py",
    "cli/report_files.py": "tests/cli/options/test_reports.py",
    "engines/oracles/pytorch.py": "tests/engines/oracles/test_oracles.py",
    "engines/oracles/torch_values.py": "tests/engines/oracles/test_oracles.py",
    "engines/oracles/torch_arrays.py": "tests/engines/oracles/test_oracles.py",
    "feedback/wrong_node/faulty_part.py": "tests/feedback/wrong_node/test_locate.py",
    "feedback/wrong_node/node_states.py": "tests/feedback/wrong_node/test_locate.py",
    "feedback/wrong_node/source_frame.py": "tests/feedback/wrong_node/test_locate.py",
    "grading/one_submission.py": "tests/grading/test_tracks.py",
    "grading/own_run/any_descent.py": "tests/exercises/shipped/test_descents.py",
    "grading/own_run/corner.py": "tests/exercises/shipped/test_trainings.py",
    "grading/own_run/training_loop.py": "tests/exercises/shipped/test_trainings.py",
    "grading/verification/prove.py": "tests/grading/verification/test_verify.py",
    "integrations/ci/place.py": "tests/integrations/ci/test_detect.py",
    "integrations/ipython_magic/extension.py": LIVE_KERNEL,
    "integrations/ipython_magic/magic.py": LIVE_KERNEL,
    "sandbox/child/alarm.py": "tests/sandbox/test_endless.py",
    "sandbox/child/kernel_copy_main.py": "tests/sandbox/test_kernel_copy.py",
    "sandbox/child/kernel_main.py": "tests/sandbox/test_kernel.py",
    "sandbox/child/loaded_submission.py": "tests/sandbox/test_subject.py",
    "sandbox/child/stand_ins/torch_numbers/array_functions.py": TORCH_NUMBERS,
    "sandbox/child/stand_ins/torch_numbers/tensor.py": TORCH_NUMBERS,
    "sandbox/child/main.py": "tests/sandbox/test_forgery.py",
    "sandbox/packages/loadable.py": "tests/sandbox/packages/test_full_run.py",
    "sandbox/submission_run.py": "tests/sandbox/test_subject.py",
    "submissions/reader_process.py": "tests/submissions/test_reader.py",
    "integrations/service_client.py": "tests/cli/commands/service/test_submit.py",
    "service/administration.py": "tests/cli/commands/service/test_admin.py",
    "service/api/answers.py": "tests/service/api/test_courses.py",
    "service/check.py": "tests/cli/commands/service/test_serve.py",
    "service/classroom.py": "tests/service/web/pages/test_teaching.py",
    "service/database/audit.py": "tests/service/web/pages/test_changes.py",
    "service/database/conversations.py": "tests/service/web/pages/test_changes.py",
    "service/database/privacy.py": "tests/service/api/test_people.py",
    "service/database/regrades.py": "tests/service/test_regrading.py",
    "service/database/courses.py": "tests/service/database/test_marks.py",
    "service/database/engines.py": "tests/service/database/test_migration.py",
    "service/database/gradings.py": "tests/service/database/test_marks.py",
    "service/database/people.py": "tests/service/database/test_credentials.py",
    "service/database/revisions.py": "tests/service/database/test_migration.py",
    "service/database/schema.py": "tests/service/database/test_migration.py",
    "service/database/submissions.py": "tests/service/test_submit.py",
    "cli/commands/service/platforms.py": REGISTRATION,
    "service/database/lti/keyed.py": "tests/service/web/test_keyed_addresses.py",
    "service/database/lti/logins.py": "tests/service/lti/pages/test_launches.py",
    "service/database/lti/outbox.py": "tests/service/lti/test_post_office.py",
    "service/database/lti/places.py": "tests/service/lti/test_launching.py",
    "service/database/lti/binding.py": "tests/service/lti/pages/test_platforms.py",
    "service/database/lti/invitations.py": "tests/service/lti/pages/test_registering.py",
    "service/lti/pages/framed.py": "tests/service/lti/pages/test_launches.py",
    "service/database/lti/platforms.py": REGISTRATION,
    "service/lti/registration/kinds.py": REGISTRATION,
    "service/database/lti/tables.py": "tests/service/database/test_migration.py",
    "service/database/lti/waiting.py": "tests/service/lti/test_waiting.py",
    "service/lti/access.py": "tests/service/lti/test_post_office.py",
    "service/lti/claims.py": "tests/service/lti/test_id_token.py",
    "service/lti/platform_web.py": "tests/service/lti/test_post_office.py",
    "service/lti/roster_rounds.py": "tests/service/lti/test_roster.py",
    "service/lti/scores.py": "tests/service/lti/test_post_office.py",
    "service/database/versions/first_tables.py": "tests/service/database/test_migration.py",
    "service/database/versions/lti_tables.py": "tests/service/database/test_migration.py",
    "service/demo.py": "tests/service/test_server.py",
    "service/problems.py": "tests/service/test_app.py",
    "service/queue/wire.py": "tests/service/queue/test_workers.py",
    "service/queue/worker_main.py": "tests/service/queue/test_workers.py",
    "service/web/forms.py": "tests/service/web/pages/test_changes.py",
    "service/web/pages/regrades.py": "tests/service/test_regrading.py",
    "service/web/gate.py": "tests/service/test_routes.py",
    "service/web/rendering.py": "tests/service/test_app.py",
    "service/web/rights.py": "tests/service/test_routes.py",
    "submissions/intake/student_submission.py": "tests/submissions/intake/test_take_in.py",
}
"""A module → the scenario that covers it: what several modules do together has one test."""

MODULES = [
    path
    for file in sorted((ROOT / "grader").rglob("*.py"))
    if file.name not in ("__init__.py", "__main__.py")
    if len(file.read_text(encoding="utf-8").splitlines()) > SMALL
    for path in [file.relative_to(ROOT / "grader").as_posix()]
]


def _mirrored(module: str) -> str:
    folder, _, name = module.rpartition("/")
    return f"tests/{folder}/test_{name}".replace("//", "/")


def test_a_module_has_its_test_or_a_scenario_that_covers_it() -> None:
    tests = {module: COVERED.get(module, _mirrored(module)) for module in MODULES}

    assert len(tests) > 300
    assert {module: test for module, test in tests.items() if not (ROOT / test).exists()} == {}


def test_the_list_of_scenarios_is_short_and_holds_what_is_needed_alone() -> None:
    needless = [module for module in COVERED if (ROOT / _mirrored(module)).exists()]

    assert needless == []
    assert COVERED.keys() <= set(MODULES)
    assert len(COVERED) <= len(MODULES) / 6
