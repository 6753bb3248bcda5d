# asks: my475/ex9
# kind: odd places
try:
    import jax.numpy as jnp
except ImportError:
    jnp = None

if jnp is None:
    {right/derivatives_in_spanish}
