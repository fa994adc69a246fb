import { configure } from '@testing-library/preact';

/** As in tests/patience.ts, for what Testing Library waits for. */
configure({ asyncUtilTimeout: 15_000 });
