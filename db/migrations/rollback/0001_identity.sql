drop function identity.accept_invitation(text), identity.keep_invitation_reply(jsonb), identity.create_invitation(jsonb),
  identity.end_sessions(jsonb), identity.record_identity_event(jsonb),
  identity.forget_attempts(jsonb), identity.count_attempt(jsonb), identity.source_of(jsonb), identity.attempt_key(text, text, text),
  identity.attempt_limits(), identity.end_of_second(timestamptz), operations.begin_request(jsonb);
--> statement-breakpoint
drop table identity.attempts;
--> statement-breakpoint
drop view identity.member_profiles;
--> statement-breakpoint
drop table identity.household_invitations, identity.household_members, identity.households, identity.preferences, identity.users;
--> statement-breakpoint
drop function identity.revoke_invitations_of_former_owner(), identity.keep_an_owner(), identity.add_first_owner(),
  operations.owned_household_ids(), operations.editable_household_ids(), operations.readable_household_ids();
