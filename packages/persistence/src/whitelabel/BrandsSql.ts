import {
  type Brand,
  BrandContent,
  type BrandId,
  BrandInUse,
  BrandNotFound,
  Brands,
  changeBrand,
  Cipher,
  type NewBrand,
  type WorkspaceId
} from "@butler/domain"
import { Effect, Layer, Redacted, Schema } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { onConstraint } from "../database/SqlFailure.ts"
import { transaction } from "../database/transaction.ts"
import {
  type BrandRow,
  deleteBrand,
  findBrand,
  insertBrand,
  listBrands,
  lockBrand,
  type StoredBrand,
  updateBrand
} from "./brandStatements.ts"

const decode = Schema.decodeUnknownSync(BrandContent)

/** Between rows and brands, whose mail service's key is stored encrypted. */
const brandCodec = (cipher: Cipher["Service"]) => ({
  toBrand: (workspaceId: WorkspaceId, row: BrandRow): Brand => ({
    id: row.id,
    workspaceId,
    name: row.name,
    ...decode(row.content),
    resendApiKey:
      row.resend_api_key === null
        ? null
        : Redacted.make(cipher.decrypt({ workspaceId, purpose: "brand" }, row.resend_api_key)),
    createdAt: row.created_at,
    updatedAt: row.updated_at
  }),
  stored: ({ id, name, resendApiKey, workspaceId, ...content }: NewBrand): StoredBrand => ({
    workspaceId,
    id,
    name,
    content: decode(content),
    resendApiKey:
      resendApiKey === null ? null : cipher.encrypt({ workspaceId, purpose: "brand" }, Redacted.value(resendApiKey))
  })
})

/** `Brands` on SQL. */
export const BrandsSql: Layer.Layer<Brands, never, Cipher | Database> = Layer.effect(
  Brands,
  Effect.gen(function* () {
    const database = yield* Database
    const { stored, toBrand } = brandCodec(yield* Cipher)
    const onDatabase = Effect.provideService(Database, database)

    const read = (statement: typeof findBrand) =>
      Effect.fnUntraced(function* (workspaceId: WorkspaceId, brandId: BrandId) {
        const { rows } = yield* query("brand.find", (db) => statement(db, workspaceId, brandId))
        const [row] = rows
        return row === undefined ? yield* new BrandNotFound({ brandId }) : toBrand(workspaceId, row)
      })

    const find = read(findBrand)
    const lock = read(lockBrand)

    return Brands.of({
      create: (brand) =>
        query("brand.insert", (db) => insertBrand(db, stored(brand))).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(({ rows: [row] }) => {
            if (row === undefined) throw new Error(`brand ${brand.id} was not stored`)
            return toBrand(brand.workspaceId, row)
          })
        ),
      list: (workspaceId) =>
        query("brand.list", (db) => listBrands(db, workspaceId)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(({ rows }) => rows.map((row) => toBrand(workspaceId, row)))
        ),
      find: (workspaceId, id) => find(workspaceId, id).pipe(onDatabase, Effect.catchTag("SqlFailure", Effect.die)),
      change: Effect.fnUntraced(
        function* (workspaceId, id, change) {
          const brand = changeBrand(yield* lock(workspaceId, id), change)
          const { rows } = yield* query("brand.update", (db) => updateBrand(db, stored(brand)))
          return rows[0] === undefined ? brand : toBrand(workspaceId, rows[0])
        },
        transaction,
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      remove: Effect.fnUntraced(function* (workspaceId, brandId) {
        const { rows } = yield* query("brand.delete", (db) => deleteBrand(db, workspaceId, brandId)).pipe(
          onDatabase,
          Effect.catch(onConstraint("whitelabel_user_brand_fkey", () => new BrandInUse({ brandId })))
        )
        if (rows.length === 0) return yield* new BrandNotFound({ brandId })
      })
    })
  })
)
