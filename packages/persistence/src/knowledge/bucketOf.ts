const BUCKETS = 128

/** The bucket that a term's recent postings are in, by FNV-1a. It is stored: a change of it would lose what is not merged. */
export const bucketOf = (term: string): number => {
  let hash = 0x81_1c_9d_c5
  for (let at = 0; at < term.length; at += 1) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01_00_01_93)
  return (hash >>> 0) % BUCKETS
}
