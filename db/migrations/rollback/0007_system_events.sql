revoke usage on schema operations from nestegg_identity, nestegg_invitations, nestegg_runs;
--> statement-breakpoint
drop function operations.record_system_event(jsonb);
--> statement-breakpoint
drop table operations.system_events;
