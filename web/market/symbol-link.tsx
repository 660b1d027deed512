import { Link } from 'wouter'

/** The page of an instrument. A symbol may have signs that mean something in an address. */
export const symbolPath = (symbol: string): string => `/market/${encodeURIComponent(symbol)}`

export const SymbolLink = ({ symbol }: { readonly symbol: string }) => <Link href={symbolPath(symbol)}>{symbol}</Link>
