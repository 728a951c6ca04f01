"""The export: static files that two verifiers accept, and that continue what is there."""

from datetime import timedelta

import pytest

from exports import citizen, write
from exports import export as other
from guiju.base.record import actions, checkpoints, clockwork, export, on_paper, sequencer
from guiju.base.record.actor import SYSTEM
from guiju.base.record.models import Cosignature
from guiju.base.record.signing import log_key
from guiju.base.witness.cosigning import add_checkpoint
from guiju.base.witness.folder import create_witness
from guiju.base.witness.paper import Kind, parts_of, read_paper
from guiju.core.errors import Invalid
from guiju.exchange.record_files import Trust, verify_export
from recorded import NOON, record_some

pytestmark = pytest.mark.django_db


def grow(count, at=NOON):
    record_some(count, at=at)
    while clockwork.tick(at=at):
        pass


def problems(folder):
    report = verify_export(folder, Trust(log_keys=(log_key().key,), witnesses=(), quorum=0))
    return [str(problem) for problem in report.problems]


@pytest.mark.parametrize("count", [1, 255, 256, 700])
def test_both_verifiers_accept_it(data_folder, tmp_path, count):
    grow(count)
    size = export.export_log(tmp_path / "out")
    assert size >= count
    assert problems(tmp_path / "out") == []
    key = tmp_path / "log.vkey"
    key.write_text(f"{log_key().key}\n")
    status, words = citizen(tmp_path / "out", "--log-key", key, "--quorum", 0, cwd=tmp_path)
    assert status == 0, words


def test_nothing_to_export_is_said(data_folder, tmp_path):
    with pytest.raises(Invalid) as caught:
        export.export_log(tmp_path / "out")
    assert caught.value.code == "RECORD-40"
    assert not (tmp_path / "out").exists()


def test_an_export_is_continued_and_leaves_no_outgrown_tile(data_folder, tmp_path):
    out = tmp_path / "out"
    grow(300)
    export.export_log(out)
    full = out / "tile/entries/000"
    before = full.stat().st_mtime_ns
    grow(300, at=NOON + timedelta(days=1))
    size = export.export_log(out)
    assert full.stat().st_mtime_ns == before
    assert problems(out) == []
    partial = sorted(path.parent.name + path.name for path in (out / "tile/entries").glob("*.p/*"))
    assert partial == [f"002.p{size - 512}"]


def test_exporting_again_changes_nothing(data_folder, tmp_path):
    grow(10)
    first = export.export_log(tmp_path / "out")
    assert export.export_log(tmp_path / "out") == first
    assert problems(tmp_path / "out") == []


def test_another_logs_folder_is_left_alone(data_folder, tmp_path):
    grow(3)
    out = write(tmp_path / "out", other(7))
    with pytest.raises(Invalid) as caught:
        export.export_log(out)
    assert caught.value.code == "RECORD-41"
    assert "guiju.example/record" in str(caught.value)


def test_progress_reaches_the_whole(data_folder, tmp_path):
    grow(600)
    told = []
    size = export.export_log(tmp_path / "out", progress=lambda *pair: told.append(pair))
    assert told[-1] == (size, size)
    assert told == sorted(told)


class TestOnPaper:
    @pytest.fixture
    def body(self, data_folder, tmp_path):
        witness = create_witness(tmp_path / "audit", "audit.example/w1")
        witness.store.trust(log_key().key, origin=log_key().key.name, at=0)
        actions.register_witness(vkey=str(witness.key), url="", by=SYSTEM, at=NOON)
        return witness

    def answer(self, body, file):
        request = read_paper(file.with_suffix(".txt").read_bytes(), Kind.REQUEST)
        cosigned = add_checkpoint(body, request, now=lambda: 1_795_000_000).demanded()
        answer = file.with_name("answer.txt")
        answer.write_text("\n".join(parts_of(str(cosigned.line).encode(), Kind.ANSWER)))
        return answer

    def test_a_request_is_answered_and_kept(self, body, tmp_path):
        grow(5)
        file = tmp_path / "ask.html"
        size = on_paper.write_request(body.key.name, file, at=NOON)
        assert b"<svg" in file.read_bytes()
        assert on_paper.accept_answer(body.key.name, self.answer(body, file), at=NOON) == size
        assert Cosignature.objects.get().size == size

    def test_the_next_request_proves_growth_from_there(self, body, tmp_path):
        file = tmp_path / "ask.html"
        for day in range(3):
            grow(40, at=NOON + timedelta(days=day))
            on_paper.write_request(body.key.name, file, at=NOON)
            on_paper.accept_answer(body.key.name, self.answer(body, file), at=NOON)
        assert Cosignature.objects.count() == 3

    def test_an_answer_may_come_after_newer_checkpoints(self, body, tmp_path):
        grow(5)
        file = tmp_path / "ask.html"
        size = on_paper.write_request(body.key.name, file, at=NOON)
        grow(5, at=NOON + timedelta(hours=2))
        assert on_paper.accept_answer(body.key.name, self.answer(body, file), at=NOON) == size

    def test_a_strangers_answer_is_refused(self, body, tmp_path):
        grow(5)
        file = tmp_path / "ask.html"
        on_paper.write_request(body.key.name, file, at=NOON)
        stranger = create_witness(tmp_path / "stranger", "audit.example/w1")
        stranger.store.trust(log_key().key, origin=log_key().key.name, at=0)
        with pytest.raises(Invalid) as caught:
            on_paper.accept_answer(body.key.name, self.answer(stranger, file), at=NOON)
        assert caught.value.code == "RECORD-34"
        assert not Cosignature.objects.exists()

    def test_unknown_witnesses_are_refused(self, body, tmp_path):
        grow(1)
        for ask in (on_paper.write_request, on_paper.accept_answer):
            with pytest.raises(Invalid) as caught:
                ask("nobody", tmp_path / "x", at=NOON)
            assert caught.value.code == "RECORD-35"

    def test_nothing_to_witness_is_said(self, body, tmp_path):
        with pytest.raises(Invalid) as caught:
            on_paper.write_request(body.key.name, tmp_path / "x", at=NOON)
        assert caught.value.code == "RECORD-40"


def test_a_checkpoint_covers_what_was_sealed(data_folder):
    record_some(2)
    sequencer.seal_waiting()
    assert checkpoints.sign_if_due(at=NOON).size == 2
    assert checkpoints.require_latest().size == 2
