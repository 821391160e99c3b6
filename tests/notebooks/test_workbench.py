"""The notebook runs from top to bottom in a fresh folder, and is kept without outputs."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "notebooks" / "01_workbench.ipynb"


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq", "ignore::DeprecationWarning:jupyter_client")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbench_notebook_runs_from_top_to_bottom(tmp_path, language):
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    shutil.copytree(ROOT / "codebooks", tmp_path / "codebooks")
    folder = tmp_path / "notebooks"
    folder.mkdir()
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    setup = next(cell for cell in notebook.cells if cell.cell_type == "code")
    setup.source = setup.source.replace('language = "zh"', f'language = "{language}"')
    assert f'language = "{language}"' in setup.source
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()

    written = {path.name for path in folder.iterdir()}
    assert {"deviance.qualkit", "tables.docx", "joint_display.html"} <= written
    assert "joint_display.png" in written
    last = notebook.cells[-2].outputs
    assert "Empty DataFrame" in str(last) or "0 rows" in str(last), "the project is not sound after the notebook"


def test_the_notebook_is_kept_without_outputs():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    assert "widgets" not in notebook.metadata
