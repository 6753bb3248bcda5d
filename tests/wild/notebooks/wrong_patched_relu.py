# asks: dl4ds/v3
# kind: patched classes
# wrong: dl4ds/v3.a_silent_neuron, dl4ds/v3.shared_nodes
# %% from right/slots
# %%
def relu(self):
    out = Value(max(0, self.data), (self,), "relu")
    def fn():
        self.grad += (out.data >= 0) * out.grad
    out._fn = fn
    return out

Value.relu = relu
