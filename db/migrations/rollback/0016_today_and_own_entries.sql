drop function operations.own_audit_seals(uuid[], timestamptz[]);
--> statement-breakpoint
drop function operations.place_in_seal(bytea, uuid);
--> statement-breakpoint
drop policy own_rows_sealed on operations.audit_logs;
--> statement-breakpoint
drop index operations.audit_anchors_seal;
--> statement-breakpoint
drop function identity.invitations_to_me();
--> statement-breakpoint
drop index identity.household_invitations_invited;
