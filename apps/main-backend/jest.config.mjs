import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'main-backend', rootDir: import.meta.dirname };
