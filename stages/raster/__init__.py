"""Safe decoding of pictures and the slicing of long ones: helpers that several stages share."""
