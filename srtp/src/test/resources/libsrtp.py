"""libsrtp (the one of libwebrtc and Firefox) as a program: one command a line, one answer a line.

  open send|receive PROFILE KEY_AND_SALT     answers "ok NUMBER"
  protect|unprotect|protect_rtcp|unprotect_rtcp NUMBER PACKET
                                             answers "ok PACKET" or "error STATUS"

Bytes are hexadecimal, PROFILE is the number in use_srtp.
"""

import ctypes
import sys

WINDOW_PACKETS = 1024
ANY_INBOUND, ANY_OUTBOUND = 2, 3


class CryptoPolicy(ctypes.Structure):
    _fields_ = [
        ("cipher_type", ctypes.c_uint32),
        ("cipher_key_len", ctypes.c_int),
        ("auth_type", ctypes.c_uint32),
        ("auth_key_len", ctypes.c_int),
        ("auth_tag_len", ctypes.c_int),
        ("sec_serv", ctypes.c_int),
    ]


class Ssrc(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("value", ctypes.c_uint)]


class Policy(ctypes.Structure):
    """srtp_policy_t of libsrtp 2."""

    _fields_ = [
        ("ssrc", Ssrc),
        ("rtp", CryptoPolicy),
        ("rtcp", CryptoPolicy),
        ("key", ctypes.c_char_p),
        ("keys", ctypes.c_void_p),
        ("num_master_keys", ctypes.c_ulong),
        ("deprecated_ekt", ctypes.c_void_p),
        ("window_size", ctypes.c_ulong),
        ("allow_repeat_tx", ctypes.c_int),
        ("enc_xtn_hdr", ctypes.c_void_p),
        ("enc_xtn_hdr_count", ctypes.c_int),
        ("next", ctypes.c_void_p),
    ]


def must(status, what):
    if status != 0:
        sys.exit(f"{what}: libsrtp status {status}")


def open_session(library, direction, profile, key):
    policy = Policy()
    must(library.srtp_crypto_policy_set_from_profile_for_rtp(ctypes.byref(policy.rtp), profile), "rtp")
    must(library.srtp_crypto_policy_set_from_profile_for_rtcp(ctypes.byref(policy.rtcp), profile), "rtcp")
    policy.ssrc.type = ANY_OUTBOUND if direction == "send" else ANY_INBOUND
    policy.key = key
    policy.window_size = WINDOW_PACKETS
    session = ctypes.c_void_p()
    must(library.srtp_create(ctypes.byref(session), ctypes.byref(policy)), "srtp_create")
    return session


def main():
    library = ctypes.CDLL("libsrtp2.so.1")
    must(library.srtp_init(), "srtp_init")
    sessions = []
    for line in sys.stdin:
        command, *words = line.split()
        if command == "open":
            key = bytes.fromhex(words[2])
            sessions.append(open_session(library, words[0], int(words[1]), key))
            print("ok", len(sessions) - 1, flush=True)
            continue
        packet = bytes.fromhex(words[1])
        buffer = ctypes.create_string_buffer(packet, len(packet) + 64)
        length = ctypes.c_int(len(packet))
        call = getattr(library, "srtp_" + command)
        status = call(sessions[int(words[0])], buffer, ctypes.byref(length))
        answer = f"ok {buffer.raw[: length.value].hex()}" if status == 0 else f"error {status}"
        print(answer, flush=True)


main()
