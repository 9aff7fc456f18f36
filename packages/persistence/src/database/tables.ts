/** Every table, in the database's spelling; each family lists its own under `tables/`. */
// oxlint-disable-next-line typescript/no-empty-interface -- the families extend it
export interface DB {}
