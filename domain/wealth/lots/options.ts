/** Symbols of listed options, as the Options Clearing Corporation writes them: root, date, call or put, and strike price times 1000. */
const optionSymbol = /^[A-Z]{1,6}\d? *\d{6}[CP]\d{8}$/

/** Whether a symbol is that of a listed option. */
export const isOptionSymbol = (symbol: string): boolean => symbol.length >= 16 && optionSymbol.test(symbol)
