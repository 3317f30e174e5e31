-- Schema 5: what guards the log, once the events of before are in it.

CREATE INDEX event_subject ON event (subject_kind, subject);
CREATE INDEX event_user ON event (user);
-- Where the events since an instant begin.
CREATE INDEX event_at ON event (at);

CREATE TRIGGER event_in_order BEFORE INSERT ON event
WHEN NEW.sequence <> (SELECT ifnull(max(sequence), 0) + 1 FROM event)
BEGIN SELECT RAISE(ABORT, 'events are appended in order'); END;

CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
