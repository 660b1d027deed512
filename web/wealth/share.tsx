import { Percent } from '../components/figures.tsx'

/** A share in per cent, with the decimals that were given. */
export const Share = ({ value }: { readonly value: string }) => <Percent value={`${value}e-2`} digits={value.split('.')[1]?.length ?? 0} />
