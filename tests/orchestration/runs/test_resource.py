"""What a run imports beside its work must not meet it half imported."""

import json
import subprocess
import sys

LATER = """
import json, sys, threading
from orchestration.runs import resource

imported = []

class Finder:
    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is not threading.main_thread():
            imported.append(name)

sys.meta_path.insert(0, Finder())
resource._warm_up()
for thread in threading.enumerate():
    if thread is not threading.main_thread():
        thread.join()
assert "great_expectations" in imported
print(json.dumps([name for name in imported if name.split(".")[0] == "sqlalchemy"]))
"""


def test_what_the_event_log_uses_is_whole_before_another_thread_imports_more_of_it():
    """SQLAlchemy's core uses modules of its orm as soon as they are there, finished or not."""
    result = subprocess.run(
        [sys.executable, "-c", LATER], capture_output=True, text=True, check=True
    )
    found = json.loads(result.stdout)
    assert not [name for name in found if name.startswith("sqlalchemy.orm")]
