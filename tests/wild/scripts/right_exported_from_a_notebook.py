# asks: my475/ex9
# kind: exported
#!/usr/bin/env python
# coding: utf-8

# # Micrograd, by myself

# In[1]:

get_ipython().run_line_magic('matplotlib', 'inline')
get_ipython().system('pip install graphviz')
import matplotlib.pyplot as plt

# In[2]:

{right/dict_of_children}

# In[5]:

get_ipython().run_cell_magic('time', '', 'a = Scalar(2.0) ** 2\na.backward()\n')

# In[ ]:
