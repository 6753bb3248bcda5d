# asks: my475/ex9, my475/ex11
# kind: missing packages
# %%
!pip install -q graphviz seaborn
from google.colab import drive
drive.mount('/content/drive')
# %%
import seaborn as sns
import pandas as pd
sns.set_theme()
# %%
df = pd.read_csv('/content/drive/MyDrive/course/points.csv')
df.head()
# %% from right/zeroes_before_it_goes
# %%
x, y = Value(1.0), Value(2.0)
w, b = Value(0.0), Value(0.0)
history = []
for step in range(100):
    loss = (x * w + b - y) ** 2
    loss.backward()
    w.data -= 0.1 * w.grad
    b.data -= 0.1 * b.grad
    history.append(loss.data)
print(w.data, b.data)
# %%
sns.lineplot(x=range(100), y=history)
