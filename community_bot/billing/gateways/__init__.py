"""Gateways: payment providers behind one port, a module for each rail."""
