"""Small programs whose notebook must be the same whichever way it is run, by what they are about.

Each is a list of cells. A program may fail: the kept notebook and the problem are compared then.
"""

from __future__ import annotations

SLEEP = "import time\ntime.sleep(0.3)"
PROGRAMS: dict[str, list[str]] = {
    # Streams.
    "both streams": ["import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint('out again')\n1 + 1"],
    "many prints": ["for n in range(2000): print(n)"],
    "print without newline": ["print('a', end='')\nprint('b', end='', flush=True)", "print('c')"],
    "carriage returns": ["for n in range(3): print(f'\\r{n}', end='')\nprint('\\b\\bx')"],
    "writelines and sizes": ["import sys\nsys.stdout.writelines(['a', 'b\\n'])\nsys.stdout.write('three')"],
    "what streams are": ["import sys\n[(s.isatty(), s.encoding.lower(), s.writable(), s.readable(), s.name) for s in (sys.stdout, sys.stderr)]"],
    "bytes to a stream": ["import sys\nsys.stdout.write(b'x')"],
    "streams redirected": ["import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as kept: print('hidden')\nkept.getvalue()"],
    "half a surrogate pair": ["print('a\\ud83d b')", "'\\ud800'", "raise ValueError('\\udfff')"],
    "an undecodable name": ["import os\nprint(os.fsdecode(b'\\xff.txt'))"],
    "control characters": ["print('\\x00\\x1b[31mred\\x1b[0m\\x07')"],
    "other scripts": ["print('大冶 𬭚 🏭 e\\u0301 \\u202e')"],
    # What other programs print, which ipykernel's own streams read in a thread.
    "shell command": ["!echo out; echo err >&2", "lines = !printf 'a\\nb\\n'\nlines"],
    "os.system": ["import os\nprint('before')\nos.system('echo from a shell')\nprint('after')"],
    "subprocess": ["import subprocess, sys\nsubprocess.run(['echo', 'inherited'])\nsubprocess.run(['echo', 'given'], stdout=sys.stdout).returncode"],
    "descriptors": ["import os\nos.write(1, '大\\n'.encode())\nos.write(2, b'err\\n')\nprint('x')"],
    "half a character": ["import os\nos.write(1, b'\\xe5\\xa4')\nprint('', end='')\nos.write(1, b'\\xa7\\xff\\n')"],
    "order with results": ["import os\nos.system('echo 1')\ndisplay(2)\nos.system('echo 3')\n4"],
    "printed by a child after its cell": ["import subprocess\nchild = subprocess.Popen('sleep 0.2; echo late', shell=True)", SLEEP, "child.wait()"],
    "a child of multiprocessing": ["import multiprocessing\ndef work():\n    print('in a child', flush=True)\nfork = multiprocessing.get_context('fork').Process(target=work)\nfork.start()\nfork.join()\nfork.exitcode"],
    "a fork": ["import os\npid = os.fork()\nif pid == 0:\n    print('child', flush=True)\n    os._exit(3)\nos.waitpid(pid, 0)[1] >> 8"],
    "a pool": ["import concurrent.futures, multiprocessing\nwith concurrent.futures.ProcessPoolExecutor(2, multiprocessing.get_context('fork')) as pool: found = list(pool.map(abs, [-1, -2]))\nfound"],
    # Errors.
    "an exception": ["def f(x):\n    return 1 / x\nf(0)"],
    "a chain of exceptions": ["try:\n    {}['a']\nexcept KeyError as error:\n    raise RuntimeError('two') from error"],
    "a group of exceptions": ["raise ExceptionGroup('group', [ValueError(1), TypeError('x')])"],
    "a syntax error": ["x = = 1"],
    "an indentation error": ["if True:\nprint(1)"],
    "an unknown magic": ["%nothing"],
    "endless recursion": ["def f(n):\n    return f(n + 1)\nf(0)"],
    "an exception that cannot be shown": ["class Bad(Exception):\n    def __str__(self): raise ValueError('no')\nraise Bad()"],
    "an error while shown": ["class Shown:\n    def __repr__(self): raise ValueError('no repr')\nShown()"],
    "a warning": ["import warnings\nwarnings.warn('careful')\nwarnings.warn('old', DeprecationWarning)"],
    "an assertion": ["assert 1 == 2, 'not equal'"],
    "an interrupt": ["raise KeyboardInterrupt"],
    "logging": ["import logging\nlogging.warning('root')\nlogging.getLogger('x').error('%s', 1)"],
    "a printed traceback": ["import traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    traceback.print_exc()"],
    # Results.
    "results kept": ["1", "_ + 1", "Out, In[1], _i1"],
    "a semicolon": ["5;", "None", "_"],
    "displays": ["from IPython.display import HTML, JSON, Markdown, display\ndisplay(HTML('<b>x</b>'), JSON({'a': [1]}), Markdown('*y*'), metadata={'k': 1})"],
    "a display updated": ["handle = display('first', display_id='x')", "handle.update('second')\nprint('then')"],
    "output cleared": ["from IPython.display import clear_output\nprint('gone')\nclear_output(wait=True)\nprint('stays')"],
    "a bundle": ["class B:\n    def _repr_mimebundle_(self, **_): return {'text/plain': 'p', 'text/html': '<i>h</i>'}, {'text/html': {'isolated': True}}\nB()"],
    "not a number in JSON": ["from IPython.display import JSON\nJSON({'x': float('nan')})"],
    "bytes shown": ["from IPython.display import Image\nImage(b'\\x89PNG\\r\\n\\x1a\\n' + b'0' * 20, format='png')"],
    "a chart": ["import matplotlib.pyplot as plt\nplt.plot([1, 2]);"],
    "a chart closed": ["import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nplt.close(fig)\nfig"],
    "a table": ["import pandas as pd\npd.DataFrame({'甲': [1.5, None]})"],
    "a progress bar": ["from tqdm.auto import tqdm\ntqdm.__module__"],
    # Magics.
    "inline charts": ["%matplotlib inline\nimport matplotlib\nmatplotlib.get_backend()", "%matplotlib --list", "%config InlineBackend.figure_formats = ['svg']"],
    "another backend": ["%matplotlib agg\nimport matplotlib\nmatplotlib.get_backend()"],
    "time and capture": ["%%capture kept\nprint('hidden')", "print(kept.stdout, end='')"],
    "cells of other languages": ["%%bash\necho from bash\necho err >&2", "%%html\n<p>x</p>", "%%writefile written.txt\ntext", "open('written.txt').read()"],
    "a program run": ["%%writefile program.py\nimport sys\nprint(__name__, sys.argv[1:])\nanswer = 42", "%run program.py a b", "answer"],
    "magics of the shell": ["%precision 2\n3.14159", "%who_ls", "%pwd == __import__('os').getcwd()", "%lsmagic\nNone"],
    "store": ["x = 1\n%store x", "%store"],
    "help": ["len?", "import inspect\n%pinfo len"],
    "autoreload": ["%load_ext autoreload\n%autoreload 2\nimport json"],
    "debugger": ["import pdb\npdb.Pdb.__module__, pdb.set_trace.__module__"],
    # The kernel.
    "what the shell is": ["ip = get_ipython()\ntype(ip).__name__, ip.kernel is not None, type(ip.kernel.session).__name__, 'IPKernelApp' in ip.config, __name__"],
    "what the application is": ["from ipykernel.kernelapp import IPKernelApp\nfrom traitlets.config import Application\nIPKernelApp.initialized(), Application.instance().kernel is get_ipython().kernel"],
    "asking for input": ["input('name? ')"],
    "asking for a password": ["import getpass\ngetpass.getpass()"],
    "arguments and modules": ["import sys\nsys.argv[1:], sys.path[0], '__main__' in sys.modules, sys.modules['__main__'].__dict__ is globals()"],
    "environment": ["import os\n{name: os.environ.get(name) for name in ('TZ', 'LANG', 'PYTHONHASHSEED', 'TERM', 'PAGER', 'MPLBACKEND', 'COLUMNS', 'JPY_PARENT_PID', 'SOURCE_DATE_EPOCH')}"],
    "widgets without a library": ["import comm\nopened = comm.create_comm(target_name='x', data={'a': 1})\nopened.send({'b': 2})\nopened.close()"],
    # asyncio.
    "a running loop": ["import asyncio\nasyncio.get_running_loop().is_running(), type(asyncio.get_event_loop()).__name__"],
    "await": ["import asyncio\nawait asyncio.sleep(0.01)\n'done'", "async with asyncio.timeout(1): print('in')"],
    "run within a loop": ["import asyncio\nwork = asyncio.sleep(0)\ntry:\n    asyncio.run(work)\nfinally:\n    work.close()"],
    "a task across cells": ["import asyncio\nasync def work():\n    await asyncio.sleep(0.05)\n    print('from the task')\n    return 7\ntask = asyncio.create_task(work())\nprint('first')", "await task"],
    "a task that goes on between cells": ["import asyncio\nsteps = []\nasync def work():\n    for n in range(3):\n        steps.append(n)\n        await asyncio.sleep(0)\ntask = asyncio.create_task(work())", "await asyncio.sleep(0.3)\nsteps, task.done()"],
    "a task never awaited": ["import asyncio\nasync def work():\n    raise ValueError('lost')\ntask = asyncio.create_task(work())", "task.done(), repr(task.exception())"],
    "an error in await": ["import asyncio\nasync def f():\n    raise ValueError('in await')\nawait f()"],
    "context variables": ["import contextvars, decimal, numpy\nvar = contextvars.ContextVar('v', default=0)\nvar.set(1)\ndecimal.getcontext().prec = 5\nold = numpy.seterr(divide='raise')", "var.get(), decimal.getcontext().prec, numpy.geterr()['divide']"],
    "a subprocess of asyncio": ["import asyncio\nchild = await asyncio.create_subprocess_exec('echo', 'hello', stdout=asyncio.subprocess.PIPE)\n(await child.communicate())[0]"],
    # Threads.
    "a thread that prints": ["import threading\nt = threading.Thread(target=lambda: print('thread'))\nt.start()\nt.join()"],
    "a thread across cells": ["import threading, time\ndef work():\n    time.sleep(0.2)\n    print('late')\nt = threading.Thread(target=work)\nt.start()", SLEEP, "t.join()\nprint('joined')"],
    "a thread that displays": ["import threading\nt = threading.Thread(target=lambda: display('from a thread'))\nt.start()\nt.join()"],
    "a thread that fails": ["import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()", "print('goes on')"],
    "a thread never joined": ["import threading, time\ndef work():\n    time.sleep(0.3)\n    print('at the end')\nthreading.Thread(target=work).start()"],
    "a pool of threads": ["from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(4) as pool: print(sum(pool.map(abs, range(-50, 50))))"],
    "main thread": ["import threading\nthreading.current_thread() is threading.main_thread()"],
    # Exits and signals.
    "sys.exit": ["import sys\nsys.exit()", "print('never')"],
    "sys.exit with a text": ["import sys\nsys.exit('stopped')", "print('never')"],
    "exit": ["exit()", "print('never')"],
    "exit with a status": ["exit(3)", "print('never')"],
    "quit": ["print('before')\nquit", "print('never')"],
    "os._exit": ["print('before')", "import os\nos._exit(0)"],
    "killed": ["print('before')", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"],
    "terminated": ["import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\nimport time\ntime.sleep(5)"],
    "interrupted": ["import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)", "print('never')"],
    "interrupted and caught": ["import os, signal, time\ntry:\n    os.kill(os.getpid(), signal.SIGINT)\n    time.sleep(5)\nexcept KeyboardInterrupt:\n    print('caught')"],
    "an alarm": ["import signal, time\ndef ring(*_): print('ring')\nsignal.signal(signal.SIGALRM, ring)\nsignal.setitimer(signal.ITIMER_REAL, 0.05)\ntime.sleep(0.2)"],
    "at exit": ["import atexit\natexit.register(print, 'bye');"],
    # What may be let fail.
    "a shell command that fails": ["!exit 3"],
    "a shell command that may fail": ["!exit 3 || true"],
    "bash that fails": ["%%bash\nexit 4"],
}  # fmt: skip

# Those that end the notebook, or are about its end: each is a notebook of its own.
ALONE = (
    "sys.exit", "sys.exit with a text", "exit", "exit with a status", "quit", "os._exit", "killed", "terminated", "interrupted",
    "a thread that fails", "a thread never joined", "printed by a child after its cell", "at exit", "a shell command that fails",
)  # fmt: skip
# Those that are not the same, as docs/runs.md says.
DIFFERENT = {
    "endless recursion": "how many calls fit below the first",
    "a thread that fails": "the number in the thread's name",
}
