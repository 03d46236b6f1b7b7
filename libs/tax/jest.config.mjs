import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'tax', rootDir: import.meta.dirname };
