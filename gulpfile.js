const { dest, parallel, src } = require('gulp');

// gulp 5 reads files as text unless told otherwise, which would damage a bitmap.
const asBytes = { encoding: false };

const copyIcons = () => src('icons/**/*.svg', asBytes).pipe(dest('dist/icons'));

const copyOutputPreviews = () =>
	src(['nodes/**/__schema__/**/*.json'], { ...asBytes, allowEmpty: true }).pipe(dest('dist/nodes'));

exports['build:assets'] = parallel(copyIcons, copyOutputPreviews);
