"""The systems that are compared, one module each, behind `bench.hta.system.Module`."""
