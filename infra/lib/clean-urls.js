// Runs at CloudFront's edge, whose language is older than ours: no destructuring, no spread.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html

/** A folder is its index; a page without the slash at its end is sent to the one with it. */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
function handler(event) {
	const request = event.request;
	const last = request.uri.slice(request.uri.lastIndexOf('/') + 1);
	if (last === '') {
		request.uri += 'index.html';
		return request;
	}
	if (last.indexOf('.') >= 0) return request;

	// Two slashes at the start would name another host.
	const location = `${request.uri.replace(/^\/+/, '/')}/${query(request.querystring)}`;
	return { statusCode: 308, statusDescription: 'Permanent Redirect', headers: { location: { value: location } } };
}

/** The query as it was: CloudFront gives its values still encoded. */
function query(given) {
	const parts = [];
	Object.keys(given).forEach((name) => {
		(given[name].multiValue || [given[name]]).forEach((part) => {
			parts.push(part.value === '' ? name : `${name}=${part.value}`);
		});
	});
	return parts.length > 0 ? `?${parts.join('&')}` : '';
}
