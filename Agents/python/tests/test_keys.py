"""Runs over tcp with keys: the file, the link, and what is refused."""

import os
import threading

import pytest
import zmq
from conftest import service_welcome

import gridtide
from gridtide import gridtide_pb2 as pb
from gridtide.keys import Key
from gridtide.link import HELLO, WELCOME, AgentLink, Frame


def write(path, public, secret, coordinator, mode=0o600):
    lines = ["# The key of berlin in one run of gridtide.", f"public-key {public.decode()}"]
    lines += [f"secret-key {secret.decode()}", f"coordinator-key {coordinator.decode()}", ""]
    path.write_text("\n".join(lines))
    os.chmod(path, mode)
    return path


@pytest.fixture
def guarded():
    """A coordinator's socket with keys, which admits one client; yields socket, endpoint, its key and the client's."""
    context = zmq.Context()
    own, client = zmq.curve_keypair(), zmq.curve_keypair()
    socket = context.socket(zmq.ROUTER)
    socket.curve_server = True
    socket.curve_secretkey = own[1]
    port = socket.bind_to_random_port("tcp://127.0.0.1")
    yield socket, f"tcp://127.0.0.1:{port}", own, client
    context.destroy(linger=0)


def test_a_key_lets_an_agent_in(guarded, tmp_path):
    socket, endpoint, own, client = guarded
    key = Key.read(write(tmp_path / "berlin.key", *client, own[0]))
    link = AgentLink("berlin", endpoint, key=key)
    welcomes = []
    thread = threading.Thread(target=lambda: welcomes.append(link.greet("test", 5)))
    thread.start()
    assert socket.poll(5000)
    peer, message = socket.recv_multipart()
    assert (peer, Frame.decode(message).kind) == (b"berlin", HELLO)
    socket.send_multipart([peer, Frame(WELCOME, service_welcome(requests=5).SerializeToString()).encoded()])
    thread.join(5)
    assert isinstance(welcomes[0], pb.Welcome)
    link.close()


def test_the_key_of_another_coordinator_is_no_use(guarded):
    socket, endpoint, _, client = guarded
    link = AgentLink("berlin", endpoint, key=Key(*client, zmq.curve_keypair()[0]))
    with pytest.raises(gridtide.LinkError) as error:
        link.greet("test", 0.5)
    assert error.value.code == "no-coordinator" and "the key may be of another run" in error.value.text
    assert not socket.poll(0)
    link._context.destroy(linger=0)


def test_tcp_needs_a_key(guarded):
    with pytest.raises(gridtide.LinkError) as error:
        AgentLink("berlin", guarded[1])
    assert error.value.code == "wrong-key"
    AgentLink("berlin", guarded[1], insecure=True)._context.destroy(linger=0)


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_file_that_others_can_open_is_refused(tmp_path, mode):
    path = write(tmp_path / "berlin.key", *zmq.curve_keypair(), zmq.curve_keypair()[0], mode=mode)
    with pytest.raises(gridtide.LinkError, match="chmod 600"):
        Key.read(path)


def test_wrong_files_are_named(tmp_path):
    pair = zmq.curve_keypair()
    good = write(tmp_path / "good.key", *pair, pair[0])
    assert pair[1].decode() not in repr(Key.read(good))
    with pytest.raises(gridtide.LinkError, match="cannot be read"):
        Key.read(tmp_path / "missing.key")
    for wrong in ("", "secret-key x\n", good.read_text().replace("coordinator-key", "key")):
        path = tmp_path / "wrong.key"
        path.write_text(wrong)
        os.chmod(path, 0o600)
        with pytest.raises(gridtide.LinkError, match="is not a key file"):
            Key.read(path)
