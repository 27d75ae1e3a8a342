//! The life of a session: open, say, end.

#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "extraction, which reads replies, comes with the rest of this module"
    )
)]
mod reply;
