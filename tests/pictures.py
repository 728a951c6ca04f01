"""A photo that says who took it."""

import io

from PIL import Image


def picture(colour="red"):
    """Return a JPEG whose EXIF names a maker and a person."""
    image, out = Image.new("RGB", (64, 48), colour), io.BytesIO()
    exif = image.getexif()
    exif[0x010F], exif[0x013B] = "Maker", "Zhang San"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()
