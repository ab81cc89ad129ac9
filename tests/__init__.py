"""The tests mirror the source tree; flows/, browser/ and faults/ go through the whole of it."""
