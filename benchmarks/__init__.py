"""Measurements that `make bench` prints in one table, beside a plain script in the same run. Needs Linux (/proc)."""
