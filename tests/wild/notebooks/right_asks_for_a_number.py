# asks: my475/ex9
# kind: input
# %%
name = input("Your name: ")
rate = float(input("Learning rate? "))
# %% from right/seed_is_required
# %%
n = int(input())
print(n * rate)
