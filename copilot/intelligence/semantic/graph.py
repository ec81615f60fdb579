"""The network of multilingual-e5-small as an ONNX graph with 8-bit weights, written without a framework.

Each weight matrix is kept as whole numbers with one scale a column, each row of the table of words with its own; what
flows between the layers is quantised as it comes. 7 bits of the 8 are used for the matrices: processors without VNNI
add two products in 16 bits, which the eighth would overflow.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnx import ModelProto

    from copilot.intelligence.semantic.vocabulary import Vocabulary
    from copilot.intelligence.semantic.weights import Weights

#: The largest whole number a matrix and a word is kept as.
MATRIX_STEPS, WORD_STEPS = 63, 127
OPSET, IR_VERSION = 20, 9
#: Added to the attention of a padded place: it weighs nothing.
NOWHERE = -10_000.0

Progress = Callable[[float], None]


class _Graph:
    """Nodes and constants as they are added; every method answers the name of what it made."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, values: NDArray[Any]) -> str:
        import numpy as np
        from onnx import numpy_helper

        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, operator: str, *inputs: str, outputs: int = 1, **attributes: Any) -> str:
        return self.many(operator, *inputs, outputs=outputs, **attributes)[0]

    def many(self, operator: str, *inputs: str, outputs: int, **attributes: Any) -> list[str]:
        from onnx import helper

        names = [f"n{len(self.nodes)}_{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, **attributes))
        return names


def quantised(matrix: NDArray[np.float32], steps: int, axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """``matrix`` as whole numbers from -``steps`` to ``steps`` and the scales along ``axis`` that undo it."""
    import numpy as np

    scales = np.abs(matrix).max(axis=axis, keepdims=True) / steps
    scales[scales == 0] = 1
    return np.rint(matrix / scales).astype(np.int8), scales.astype(np.float32)


class Network:
    """Builds the graph of ``weights`` over the words of ``vocabulary``."""

    def __init__(self, weights: Weights, vocabulary: Vocabulary) -> None:
        self._weights = weights
        self._shape = weights.shape
        self._vocabulary = vocabulary
        self._graph = _Graph()

    def build(self, progress: Progress = lambda _share: None) -> ModelProto:
        """The model: ``ids`` and ``mask`` (texts x tokens, whole numbers) to ``vectors`` (texts x width, length 1).

        ``progress`` is told shares of the work and may raise to stop it.
        """
        flow = self._embedded()
        progress(0.4)
        bias = self._bias()
        for layer in range(self._shape.layers):
            flow = self._layer(flow, bias, f"l{layer}.")
            progress(0.4 + 0.6 * (layer + 1) / self._shape.layers)
        self._pooled(flow)
        return self._model()

    def _embedded(self) -> str:
        import numpy as np

        graph, shape = self._graph, self._shape
        table = self._weights.packed("emb.word", shape.words, shape.width)[list(self._vocabulary.rows)]
        # The kind of text is the same everywhere: it is added to the places once and for all.
        places = self._weights.plain("emb.pos").reshape(-1, shape.width)[: shape.positions]
        places = places + self._weights.plain("emb.type")[: shape.width]
        words, scales = quantised(table, WORD_STEPS, axis=1)
        word = graph.add("Cast", graph.add("Gather", graph.constant(words), "ids"), to=_float())
        scaled = graph.add("Mul", word, graph.add("Gather", graph.constant(scales), "ids"))
        length = graph.add("Shape", "ids", start=1, end=2)
        zero = graph.constant(np.array([0], np.int64))
        place = graph.add("Slice", graph.constant(places), zero, length)
        return self._normed(graph.add("Add", scaled, place), "emb.ln.")

    def _bias(self) -> str:
        """What is added to the attention each place gets: nothing, or enough to hide the padding."""
        import numpy as np

        graph = self._graph
        absent = graph.add("Sub", graph.constant(np.array(1, np.float32)), graph.add("Cast", "mask", to=_float()))
        bias = graph.add("Mul", absent, graph.constant(np.array(NOWHERE, np.float32)))
        return graph.add("Unsqueeze", bias, graph.constant(np.array([1, 2], np.int64)))

    def _layer(self, flow: str, bias: str, at: str) -> str:
        graph, width, inner = self._graph, self._shape.width, self._shape.inner
        heard = self._linear(self._attention(flow, bias, at), at + "ao", width, width)
        flow = self._normed(graph.add("Add", flow, heard), at + "aln.")
        thought = graph.add("Gelu", self._linear(flow, at + "fi", width, inner))
        return self._normed(graph.add("Add", flow, self._linear(thought, at + "fo", inner, width)), at + "oln.")

    def _attention(self, flow: str, bias: str, at: str) -> str:
        import numpy as np

        graph, shape = self._graph, self._shape
        depth = shape.width // shape.heads
        # One product for the three: what flows in is quantised once.
        three = [self._weights.packed(f"{at}{name}.w", shape.width, shape.width).T for name in "qkv"]
        three[0] = three[0] / np.sqrt(depth)
        shifts = [self._weights.plain(f"{at}{name}.b") for name in "qkv"]
        shifts[0] = shifts[0] / np.float32(np.sqrt(depth))
        asked = self._product(flow, np.concatenate(three, axis=1), np.concatenate(shifts))
        apart = graph.constant(np.array([0, 0, shape.heads, depth], np.int64))
        query, key, value = (
            graph.add("Transpose", graph.add("Reshape", part, apart), perm=perm)
            for part, perm in zip(
                graph.many("Split", asked, outputs=3, axis=-1, num_outputs=3),
                ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]),
                strict=True,
            )
        )
        heed = graph.add("Softmax", graph.add("Add", graph.add("MatMul", query, key), bias), axis=-1)
        heard = graph.add("Transpose", graph.add("MatMul", heed, value), perm=[0, 2, 1, 3])
        return graph.add("Reshape", heard, graph.constant(np.array([0, 0, shape.width], np.int64)))

    def _linear(self, flow: str, name: str, width: int, out: int) -> str:
        matrix = self._weights.packed(f"{name}.w", out, width).T
        return self._product(flow, matrix, self._weights.plain(f"{name}.b"))

    def _product(self, flow: str, matrix: NDArray[np.float32], shift: NDArray[np.float32]) -> str:
        """``flow`` times ``matrix`` plus ``shift``, in whole numbers."""
        graph = self._graph
        kept, scales = quantised(matrix, MATRIX_STEPS, axis=0)
        whole, scale, zero = graph.many("DynamicQuantizeLinear", flow, outputs=3)
        product = graph.add("Cast", graph.add("MatMulInteger", whole, graph.constant(kept), zero), to=_float())
        undone = graph.add("Mul", scale, graph.constant(scales.reshape(-1)))
        return graph.add("Add", graph.add("Mul", product, undone), graph.constant(shift))

    def _normed(self, flow: str, name: str) -> str:
        graph, weights = self._graph, self._weights
        scale, shift = (graph.constant(weights.plain(name + part)) for part in "wb")
        return graph.add("LayerNormalization", flow, scale, shift, axis=-1, epsilon=self._shape.epsilon)

    def _pooled(self, flow: str) -> None:
        """The mean over what is no padding, brought to length 1: a sum would do, the length is the same."""
        import numpy as np
        from onnx import helper

        graph = self._graph
        present = graph.add("Cast", "mask", to=_float())
        second = graph.constant(np.array([1], np.int64))
        total = graph.add("MatMul", graph.add("Unsqueeze", present, second), flow)
        flat = graph.add("Squeeze", total, second)
        graph.nodes.append(helper.make_node("LpNormalization", [flat], ["vectors"], axis=-1, p=2))

    def _model(self) -> ModelProto:
        from onnx import TensorProto, helper

        asked = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in _INPUTS]
        told = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", self._shape.width])
        graph = helper.make_graph(self._graph.nodes, "e5", asked, [told], self._graph.constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)


_INPUTS = ("ids", "mask")


def _float() -> int:
    from onnx import TensorProto

    return int(TensorProto.FLOAT)
