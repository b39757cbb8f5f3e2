//! What a CRM knows: pipelines, SLA clocks, what is due, what rots. Pure functions of the book and now.
