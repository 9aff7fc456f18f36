/** Whether a query parameter says yes. */
export const isSet = (flag: string | undefined): boolean => flag === "true" || flag === "True" || flag === "1"
