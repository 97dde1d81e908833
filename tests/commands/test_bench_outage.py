"""A short run of commands/bench_outage.py: a portal that is asked for more than it has drains everybody, once."""

from pathlib import Path

from commands.bench_outage import simulate


def test_everybody_is_drained_once_and_nobody_is_forgotten(tmp_path: Path) -> None:
    outage = simulate(tmp_path, kiosks=20, dossiers=2, requests_per_s=2, in_flight=10)
    assert len(outage.drained_s) == 20
    assert (outage.filed, outage.codes) == (40, 40)
    assert outage.refused > 0, "it was never too much"
    assert max(outage.drained_s) <= 3 * sum(outage.drained_s) / 20
