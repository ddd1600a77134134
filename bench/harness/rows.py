"""The rows of the benchmark, by the names that --only takes, in the order in which they run."""

from harness import large_list, signing, whole_send

ROWS = {
    "smtp-sink": whole_send.local_smtp_sink,
    "epoll-sink": whole_send.local_epoll_sink,
    "far": whole_send.far_away,
    "slow": whole_send.slow_server,
    "plan": large_list.plan_with_unsubscribes,
    "first-mail": large_list.first_mail,
    "check": large_list.check_speed,
    "memory": large_list.memory,
}
if signing.SOURCE.exists():
    ROWS["signing"] = signing.rsa_signing

TOO_LONG_FOR_A_TRY = {"signing"}
