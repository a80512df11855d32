"""The Reconciliation API, version 0.2 at ``/reconcile`` and the 1.0 draft at ``/reconcile/v1``."""
