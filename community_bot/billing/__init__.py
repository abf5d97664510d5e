"""Billing: orders, payments, the ledger, refunds and coupons; every rail behind one port."""
