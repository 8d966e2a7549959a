"""The landing gate and the mart gate as blocking checks."""
