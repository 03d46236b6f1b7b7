import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'payments-domain', rootDir: import.meta.dirname };
