import { Effect } from "effect"
import { sql } from "kysely"
import type { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"

/**
 * Makes the monthly partitions of `dialog_event` for this month and the next two by the database's clock. To be called at
 * start and daily; what would fall outside lands in the default partition. Safe when several processes call it at once.
 */
export const ensureEventPartitions: Effect.Effect<void, SqlFailure, Database> = query("event.partitions", (db) =>
  sql`
    do $$
    declare
      month timestamp;
      partition text;
    begin
      for month in
        select generate_series(date_trunc('month', now() at time zone 'utc'), now() at time zone 'utc' + interval '2 months',
                               interval '1 month')
      loop
        partition := 'dialog_event_' || to_char(month, 'YYYYMM');
        if to_regclass(partition) is null then
          begin
            execute format('create table %I partition of dialog_event for values from (%L) to (%L)',
                           partition, month || '+00', month + interval '1 month' || '+00');
          exception when duplicate_table then null;
          end;
        end if;
      end loop;
    end $$`.execute(db)
).pipe(Effect.asVoid)
