"""One module per file format; each yields the same Page type."""

import importlib.util


def can_recognise() -> bool:
    """Whether the extra `ocr` is installed, told without importing it."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))
