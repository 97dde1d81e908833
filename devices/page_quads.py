"""Groups lines into four sides and tells which four are best supported by the picture."""

import numpy as np
from numpy.typing import NDArray

from devices.page_lines import Edges, Floats, Lines, told_lines

_LEAST_CROSSING = 0.5  # sine: sides of a sheet meet at 30 degrees or more in any picture that can be read
_MOST_SPREAD = 0.64  # sine: how far from parallel perspective may turn opposite sides
_LEAST_SIDE_PX = 30.0
_OUTSIDE = 0.06  # of the picture's sides: how far a corner may lie outside
_LEAST_SUPPORT = 0.1


def quads_of(lines: Lines, size: tuple[int, int], count: int) -> tuple[Floats, Floats]:
    """The `count` best supported quads as (count, 4, 2), corners in order round them in the picture's pixels, and the
    support of their sides (count, 4), 0 to 1; side i goes from corner i to the next. `size` is (width, height)."""
    crossings, valid, support = _crossings(lines, size)
    one, other = np.nonzero(np.triu(_opposite(lines), 1))
    # Is line a a side between the opposite lines i and j? Of use is a pair with two such lines between it.
    held = (support[:, one, other] > _LEAST_SUPPORT) & valid[one].T & valid[other].T
    useful = held.sum(axis=0) >= 2
    one, other, held = one[useful], other[useful], held[:, useful]
    between = held[one] & held[other]
    places = np.arange(len(one))
    p, q = np.divmod(np.flatnonzero(between & between.T & (places[:, None] < places)), len(one))
    i, j, a, b = one[p], other[p], one[q], other[q]
    count_of = len(support)
    flat, a_b, i_j = support.ravel(), a * count_of + b, i * count_of + j
    square = count_of * count_of
    sides = np.stack(
        [flat[i * square + a_b], flat[b * square + i_j], flat[j * square + a_b], flat[a * square + i_j]], 1
    )
    likely = sides.sum(axis=1) + 2 * sides.min(axis=1)
    if len(likely) > 8 * count:
        best = np.argpartition(-likely, 8 * count)[: 8 * count]
        i, j, a, b, sides, likely = i[best], j[best], a[best], b[best], sides[best], likely[best]
    corners = np.stack([crossings[i, a], crossings[i, b], crossings[j, b], crossings[j, a]], axis=1)
    lengths = np.linalg.norm(corners - np.roll(corners, -1, axis=1), axis=2)
    merit = np.where(lengths.min(axis=1) > _LEAST_SIDE_PX, likely + 0.25 * np.log(lengths.sum(axis=1)), -1)
    order = np.argsort(-merit, kind="stable")[:count]
    order = order[merit[order] > 0]
    return corners[order], sides[order]


def support_of(edges: Edges, quad: Floats) -> Floats:
    """The support (4,) of the sides of any quad (4, 2), measured as `quads_of` does."""
    height, width = edges.strengths.shape[:2]
    start = quad - np.array([(width - 1) / 2, (height - 1) / 2], np.float32)
    side = np.roll(quad, -1, axis=0) - quad
    along = side / np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-3)
    normals = np.stack([along[:, 1], -along[:, 0]], axis=1).astype(np.float32)
    lines = told_lines(edges, normals, np.asarray((normals * start).sum(axis=1), np.float32))
    places = np.stack([(along * start).sum(axis=1), (along * (start + side)).sum(axis=1)], axis=1)
    at = np.clip(np.rint((places - lines.start_px) / lines.step_px), 0, lines.told.shape[2] - 1).astype(np.intp)
    samples = np.maximum(at[:, 1] - at[:, 0], _LEAST_SIDE_PX / lines.step_px)
    sums = np.take_along_axis(lines.told, at[None].repeat(len(lines.told), axis=0), axis=2)
    return np.asarray(np.abs(sums[..., 1] - sums[..., 0]).max(axis=0) / samples, np.float32)


def _opposite(lines: Lines) -> NDArray[np.bool_]:
    """Which lines may be two opposite sides."""
    n = lines.normals
    sine = np.abs(n[:, None, 0] * n[None, :, 1] - n[:, None, 1] * n[None, :, 0])
    apart = np.abs(lines.rhos[:, None] - np.sign(n @ n.T) * lines.rhos[None, :])
    return np.asarray((sine < _MOST_SPREAD) & (apart > _LEAST_SIDE_PX * 0.8))


def _crossings(lines: Lines, size: tuple[int, int]) -> tuple[Floats, NDArray[np.bool_], Floats]:
    """Where each two lines cross, whether a corner may be there, and the support of line i between its crossings with j
    and k."""
    n, rho = lines.normals, lines.rhos
    sine = n[:, None, 0] * n[None, :, 1] - n[:, None, 1] * n[None, :, 0]
    safe = np.where(np.abs(sine) < _LEAST_CROSSING, 1, sine)
    x = (rho[:, None] * n[None, :, 1] - rho[None, :] * n[:, None, 1]) / safe
    y = (rho[None, :] * n[:, None, 0] - rho[:, None] * n[None, :, 0]) / safe
    half = np.array(size) / 2
    inside = (np.abs(x) < half[0] * (1 + 2 * _OUTSIDE)) & (np.abs(y) < half[1] * (1 + 2 * _OUTSIDE))
    valid = (np.abs(sine) >= _LEAST_CROSSING) & inside
    along = -n[:, 1, None] * x + n[:, 0, None] * y
    at = np.clip(np.rint((along - lines.start_px) / lines.step_px), 0, lines.told.shape[2] - 1).astype(np.intp)
    samples = np.maximum(np.abs(at[:, :, None] - at[:, None, :]), _LEAST_SIDE_PX / lines.step_px).astype(np.float32)
    between = np.zeros_like(samples)
    for sums in lines.told:  # plane by plane: all at once is slower
        here = np.take_along_axis(sums, at, axis=1)
        np.maximum(between, np.abs(here[:, :, None] - here[:, None, :]), out=between)
    crossings = np.stack([x, y], axis=2) + (half - 0.5)
    return crossings.astype(np.float32), valid, between / samples
