import { type Kysely, sql } from "kysely"
import type { Migration } from "kysely/migration"

/** Questions nobody could answer. `fingerprint` is of the question's words alone, since an index holds no long text. */
const statements = [
  `create table unanswered_question (
     workspace_id uuid not null,
     id bigint not null,
     fingerprint bytea not null,
     question text not null,
     language text not null,
     count integer not null default 1,
     status text not null default 'open',
     first_asked_at timestamptz(3) not null default clock_timestamp(),
     last_asked_at timestamptz(3) not null default clock_timestamp(),
     last_agent_id bigint not null,
     last_dialog_id text not null,
     last_turn_id bigint not null,
     constraint unanswered_question_pkey primary key (workspace_id, id),
     constraint unanswered_question_fingerprint_key unique (workspace_id, fingerprint),
     constraint unanswered_question_status_check check (status in ('open', 'answered', 'dismissed'))
   ) with (fillfactor = 80)`,
  `create index unanswered_question_open_idx on unanswered_question (workspace_id, count, id) where status = 'open'`,
  `create index unanswered_question_dialog_idx on unanswered_question (workspace_id, last_dialog_id)`
]

export const unansweredQuestions: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
}
