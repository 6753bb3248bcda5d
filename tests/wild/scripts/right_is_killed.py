# asks: my475/ex9
# kind: process ends
{right/property_around_data}

a = Value(3.0) ** 2
a.backward()

import signal, os
os.kill(os.getpid(), signal.SIGKILL)
