-- Schema 4: the plan that a job carries out, by the GUID under which it was frozen.
--
-- An order whose answer was lost is looked for by it, and a plan that is sent again
-- becomes no second job.

ALTER TABLE job ADD COLUMN plan BLOB CHECK (plan IS NULL OR length(plan) = 16);

CREATE INDEX job_plan ON job (plan) WHERE plan IS NOT NULL;
