import * as v from 'valibot';

/** A node's id in the recorder's mirror of one epoch. rrweb counts from 1 and uses -2 for what it ignored. */
export const NodeId = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31 - 1));
/** A counter or handle that fits the header's unsigned 32 bits. */
export const SmallId = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1));
