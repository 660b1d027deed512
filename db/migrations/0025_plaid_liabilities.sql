-- Adds the transaction that cancels another one, with its labels, security and parts. Corrections by hand and those of an institution are this.
-- It has the id of the other in its fingerprint, so that no row of a file equals it.
create function wealth.add_reversal(original uuid, day date, remark text) returns uuid
language plpgsql set search_path = pg_catalog as $$
declare
  reversal uuid;
begin
  insert into wealth.transactions (household_id, account_id, type, date, amount, description, merchant_name, category, category_id, check_number, tags, notes,
    source, reverses_id, fingerprint, provenance)
  select household_id, account_id, type, day, -amount, description, merchant_name, category, category_id, check_number, tags, remark,
    'reversal', id, left(encode(sha256(convert_to('reverses' || E'\n' || id, 'UTF8')), 'hex'), 32), provenance
  from wealth.transactions where id = original
  returning id into reversal;
  insert into wealth.investment_transactions
  select (jsonb_populate_record(i, jsonb_build_object('transaction_id', reversal, 'trade_date', day, 'settlement_date', null))).*
  from wealth.investment_transactions i where i.transaction_id = original;
  insert into wealth.transaction_splits (household_id, transaction_id, position, amount, category, category_id, notes)
  select household_id, reversal, position, -amount, category, category_id, notes from wealth.transaction_splits where transaction_id = original;
  return reversal;
end
$$;
--> statement-breakpoint
grant execute on function wealth.add_reversal(uuid, date, text) to nestegg_write;
--> statement-breakpoint
-- Cancels a posted transaction by one that points to it. The history stays as it was.
create or replace function wealth.reverse_synced(t wealth.transactions) returns void
language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from wealth.transactions where reverses_id = t.id) then
    perform wealth.add_reversal(t.id, t.date, null);
  end if;
  update wealth.transactions set external_id = coalesce(external_id, plaid_transaction_id), plaid_transaction_id = null where id = t.id;
end
$$;
