revoke execute on function operations.find_job_result(jsonb), operations.record_job_end(jsonb) from nestegg_identity;
--> statement-breakpoint
drop function identity.complete_erasure(jsonb), identity.record_user_pool_erasure(jsonb), identity.list_open_erasures(jsonb),
  identity.erase_own_person(jsonb), operations.erase_person(jsonb), operations.presented_erasure(operations.erasures), operations.sum_counts(jsonb, jsonb);
--> statement-breakpoint
drop trigger keep_erased on identity.users;
--> statement-breakpoint
drop function identity.keep_erased();
--> statement-breakpoint
do $$
declare
  target text;
begin
  for target in select table_name from operations.erasure_steps() loop
    execute format('drop policy erased_on_path on %s', target);
  end loop;
end
$$;
--> statement-breakpoint
drop function operations.erasure_steps();
--> statement-breakpoint
drop table operations.erasures;
