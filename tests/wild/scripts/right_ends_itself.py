# asks: my475/ex9
# kind: process ends
{right/seed_is_required}

import os
print("done")
os._exit(0)
