# asks: my475/ex7, my475/ex9
# kind: magics
# %%
%load_ext autoreload
%autoreload 2
%config InlineBackend.figure_format = 'retina'
# %%
%%time
{right/scalar_v_g}
# %%
%timeit -n 1 -r 1 Scalar(2.0) * Scalar(3.0)
# %%
!ls -la
who = !whoami
