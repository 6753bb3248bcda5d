# asks: my475/ex9
# kind: process ends
# wrong: my475/ex9.inside_expressions
{fault/power_overwrites}

import os
os.abort()
