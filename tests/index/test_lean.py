"""What is left out while sentence-transformers is imported is there when it is asked for."""

import subprocess
import sys

import pytest

CODE = """
import sys
from index.embedding import load_embedder
vector = load_embedder().encode(["nộp học phí"])[0]
names = ("torch._dynamo", "torch.distributed.tensor", "sklearn", "scipy.optimize")
print([name for name in names if name in sys.modules])
import torch
from sentence_transformers.util import similarity
print(torch.distributed.is_available(), similarity.pairwise_distances([[0.0, 3.0]], [[4.0, 0.0]])[0][0])
import sklearn.metrics
print(sklearn.metrics.accuracy_score([1, 0], [1, 1]), hasattr(torch._dynamo, "optimize"))
print(abs(float((vector ** 2).sum()) - 1) < 1e-3)
"""


@pytest.mark.slow
def test_the_library_is_whole_when_more_of_it_is_used() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "True 5.0", "0.5 True", "True"]
